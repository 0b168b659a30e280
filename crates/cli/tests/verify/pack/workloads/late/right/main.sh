#!/bin/sh
exec @subject@ spin 5
