using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: the other way would build a project for each run.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(logOutput: false)));
BenchmarkSwitcher.FromAssembly(typeof(TreasureHunt.Micro.Deciding).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
