# Copyright 2023 The Ferry authors
# SPDX-License-Identifier: Apache-2.0

"""Ferries."""
