return await TreasureHunt.Cli.HuntCommand.RunAsync(args);
