using TreasureHunt.Cli;
using TreasureHunt.Faults.Suites;

return await HuntCommand.RunAsync(SuiteCommand.Create().Parse(args));
