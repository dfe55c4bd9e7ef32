"""Letters of the information desk: what the law has a village hand over on paper, from frozen records."""
