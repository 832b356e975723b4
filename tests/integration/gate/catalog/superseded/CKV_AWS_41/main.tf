provider "aws" {
  access_key = "AKIAQZ7RT3MXV5WPL2KD"
  secret_key = "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"
}
provider "aws" {
  alias      = "id_only"
  access_key = "AKIAQZ7RT3MXV5WPL2KD"
}
provider "aws" {
  alias      = "temporary"
  access_key = "ASIAQZ7RT3MXV5WPL2KD"
}
provider "aws" {
  alias      = "odd"
  access_key = "ABCDEFGHIJKLMNOPQRST"
}
provider "aws" {
  alias      = "example"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}
provider "aws" {
  alias      = "mock"
  access_key = "mock_access_key"
  secret_key = "mock_secret_key"
}
provider "aws" {
  alias      = "secret_only"
  secret_key = "k3Jd8fLm2Qw9ZxTr5Vb7Nc1Ah6Gy4Ps0Eu/Ri+Ol"
}
locals { k = "AKIAQZ7RT3MXV5WPL2KD" }
provider "aws" {
  alias      = "local"
  access_key = local.k
}
provider "aws" {
  alias      = "zeros"
  access_key = "00000000000000000000"
  secret_key = "0000000000000000000000000000000000000000"
}
provider "aws" {
  alias      = "hex"
  secret_key = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
}
