using TreasureHunt.Cli;

return await HuntCommand.RunAsync(HuntCommand.Create().Parse(args));
