"""Who is signed in: sessions, signing in and out, and the secret that keys are made from."""
