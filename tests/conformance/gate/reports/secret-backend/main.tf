terraform {
  backend "s3" {
    bucket     = "state"
    key        = "a"
    region     = "us-east-1"
    access_key = "AKIAQYLPMN5HABCDEFGH"
    secret_key = "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"
  }
}
