"""The bare apps that ours is compared with."""
