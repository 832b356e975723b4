module "queue" {
  source  = "terraform-aws-modules/sqs/aws" # expect: unknown
  version = "4.3.1"
}

module "from_git" {
  source = "git::https://git.example.com/queue.git?ref=v1" # expect: unknown
}
