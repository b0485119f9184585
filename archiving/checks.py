"""Nothing may be undecided (B8)."""
