variable "environment_suffix" {
  default = "dev"
}

resource "aws_sqs_queue" "typed_in" {
  name = "queue-trade-dev" # expect: fail
}

resource "aws_sqs_queue" "unnamed" { # expect: fail
  fifo_queue = false
}

resource "aws_sqs_queue" "chosen_by_it" {
  name = var.environment_suffix == "prod" ? "queue-live" : "queue-test" # expect: fail
}

resource "aws_sqs_queue" "cut_off" {
  name = "queue-trade${substr(var.environment_suffix, 0, 0)}" # expect: fail
}
