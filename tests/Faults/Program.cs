using System.CommandLine;
using TreasureHunt.Faults.Suites;

return await SuiteCommand.Create().Parse(args).InvokeAsync();
