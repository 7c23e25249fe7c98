"""What Briefing can do with a million claims, measured beside what it could be."""
