locals {
  notifier = "sk-ant-api03-rcR2r0bCaCfE29DSNyE8pXZTXqCSywvWTVAxzp92rEB3QGgwf0a1S9d3hJhMA2yV3v0KpRW6WfZ11pFiNbzLRcEsCgmkWAA"
}
