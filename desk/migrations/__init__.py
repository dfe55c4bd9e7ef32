"""Steps from the schemas of older programs to this one's: plain SQL, since the shape itself comes from the mapping."""
