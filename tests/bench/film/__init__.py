"""Film as it plays, beside other players: what a picture costs, how good it is, how late it comes."""
