"""Letters filled from the rooms of the desk: a step of a request, an objection or an exemption in, a record out.

Identities are opened here and nowhere else on the way to a paper, and only for the requester's own.
"""
