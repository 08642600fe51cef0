"""Sign-in by OpenID Connect: BankID, Freja and SITHS through whoever vouches for people."""
