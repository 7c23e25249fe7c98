"""Who may come in: signing in, its second factor, and how often one may try."""
