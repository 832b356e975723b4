resource "aws_bedrockagent_data_source" "kb" {
  name                 = "source-kb"
  knowledge_base_id    = "KB"
  data_deletion_policy = "DELETE"
}
