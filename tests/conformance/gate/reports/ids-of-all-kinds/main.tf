locals {
  tenant       = "6f1b0f6e-8f0e-4d4b-9c7f-2f9a1f0a7c11"
  key          = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  replica      = "mrk-1234abcd12ab34cd56ef1234567890ab"
  distribution = "E2EXAMPLE7XY3Z"
  signer       = "K2JCJMDEHXQW5F"
  zone         = "Z2FDTNDATAQYW2"
  pool         = "us-east-1_AbCdEf123"
  client       = "1h57kf5cpq17m0eml12EXAMPLE"
  secret_arn   = "arn:aws:secretsmanager:us-east-1:111122223333:secret:feeds/db-a1B2c3"
  certificate  = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  version      = "Xt9fV3uVnqJq0g2q1f9p3rWc4mN5bZ8a"
  object       = "builds/2026-11-30T12-00-00Z/feeds-1.42.0-x86_64.zip"
}
