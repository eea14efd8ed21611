"""Lists that a study is read beside: its pages, whom they are for, who lives where, posts coded."""
