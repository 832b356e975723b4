resource "aws_cloudfrontkeyvaluestore_key" "x" {
  key_value_store_arn = "arn:aws:cloudfront::111122223333:key-value-store/a"
  key                 = "api_token"
  value               = "Kq7-vT3x9Lm2Zr"
}
