module "queue" {
  source = "./queue"
  owner  = "desk@example.com" # expect: fail
}

resource "aws_sqs_queue_policy" "trade" {
  queue_url = "x" # expect: fail +4
  policy    = <<-JSON
    {
      "Statement": [{
        "Principal": {"AWS": "123456789012"}
      }]
    }
  JSON
}
