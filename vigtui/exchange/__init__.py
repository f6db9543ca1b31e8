"""What travels from one person to another: packs for supervision."""
