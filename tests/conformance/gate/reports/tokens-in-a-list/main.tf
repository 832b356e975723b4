locals {
  api_tokens = ["hunter2x-rgemmrpil4"]
}
