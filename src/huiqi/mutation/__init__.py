"""How strong worked examples are: small changes of a rule that none of its examples notices."""
