"""What a user can do, declared as data; menus, toolbar, command palette and shortcut page are built from it."""
