resource "aws_dms_endpoint" "source" {
  endpoint_id                 = "source"
  endpoint_type               = "source"
  engine_name                 = "oracle"
  username                    = "dms"
  secrets_manager_arn         = "arn:aws:secretsmanager:us-east-1:111122223333:secret:dms-AbCdEf"
  extra_connection_attributes = "useLogMinerReader=N;useBfile=Y;asm_user=asm;asm_password=Gr33nApple77;"
}
