using System.CommandLine;
using TreasureHunt.Faults.Trials;

return await SuiteCommand.Create().Parse(args).InvokeAsync();
