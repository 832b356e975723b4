variable "kms_master_key" {
  type    = string
  default = "alias/aws/sns"
}

variable "encryption_key" {
  type    = string
  default = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
