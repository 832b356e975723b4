resource "aws_ssm_document" "d" {
  name          = "d"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [{ action = "aws:runShellScript", name = "r", inputs = { runCommand = ["echo eHh4eHh4eHh4eHh4eHh4eHh4eHgKc29tZSB3b3JkcyB0aGF0IGZpbGwgdGhlIHNjcmlwdCwgbGlu\nZSAwCnNvbWUgd29yZHMgdGhhdCBmaWxsIHRoZSBzY3JpcHQsIGxpbmUgMQpzb21lIHdvcmRzIHRo\nYXQgZmlsbCB0aGUgc2NyaXB0LCBsaW5lIDIKdG9rZW46IGdscGF0LUFiM2RFNWdIN2pLOW1OMXBR\nM3JTCm1vcmUgd29yZHMgYXQgdGhlIGVuZCBvZiBpdCBhbGwK | base64 -d > /etc/x"] } }] })
}
