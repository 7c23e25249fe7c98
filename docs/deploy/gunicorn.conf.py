"""gunicorn on a machine with 1 GB: see docs/deploy.md for what was measured."""

bind = "unix:/run/briefing/gunicorn.sock"
# nginx waits for slow clients, so a worker is only ever busy with a page.
worker_class = "sync"
workers = 2
# One copy of the program for all workers; none has opened the database by then.
preload_app = True
# A worker that has answered so many starts anew, and gives back what it gathered.
max_requests = 5000
max_requests_jitter = 500
# The longest a request may take: a large table, checked whole.
timeout = 120
graceful_timeout = 30
# Only nginx reaches the socket, so what it says of the client is believed.
forwarded_allow_ips = "*"
# systemd starts, stops and reloads it; nothing else has to reach it.
control_socket_disable = True
errorlog = "-"
accesslog = None
