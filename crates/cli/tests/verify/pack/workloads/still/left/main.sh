#!/bin/sh
exec @subject@ cat
