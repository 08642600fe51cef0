"""The process: settings, wiring, everything that starts and stops. Nobody imports it."""
