module "fn" {
  source               = "./fn"
  event_source_mapping = { q = { event_source_arn = "arn:aws:sqs:us-east-1:111122223333:q" } }
}
