provider "aws" { region = "us-east-1" }
module "logs" { source = "./logs" }
