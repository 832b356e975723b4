locals {
  secrets = { "DB_PASSWORD" : "/prod/db/password", "API" : "arn:aws:secretsmanager:us-east-1:111122223333:secret:x" }
}
