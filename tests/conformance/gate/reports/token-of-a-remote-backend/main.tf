terraform {
  backend "remote" {
    organization = "acme"
    token        = "Me5LZRxQMCSYD8.atlasv1.m8B49DS1iwyszgDGKWzANuyVooezsGgWZSaHZgaLeR2K9u8Afw9N2CL4QEq6Z7yJ0eG"
    workspaces {
      name = "feeds"
    }
  }
}
