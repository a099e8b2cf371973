"""What belongs to one vendor each: copied only into packages whose spec names its signer, loaded at first use."""
