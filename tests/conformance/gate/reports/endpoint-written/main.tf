provider "aws" {
  endpoints {
    sqs = "http://localhost:4566"
  }
}
