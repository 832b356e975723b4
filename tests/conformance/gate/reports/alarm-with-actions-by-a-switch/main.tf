module "alarm" {
  source = "./alarm"
  topic  = "arn:aws:sns:us-east-1:111122223333:t"
}
