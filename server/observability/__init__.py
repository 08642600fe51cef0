"""What those who run the service see: logs, metrics, health and readiness, the log of requests and refusals."""
