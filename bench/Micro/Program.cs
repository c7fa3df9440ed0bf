using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: the default toolchain would build a project for each run.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(logOutput: false)));
var summaries =
    BenchmarkSwitcher.FromAssembly(typeof(TreasureHunt.Micro.Deciding).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config)
        .ToList();
// These options print information and measure nothing.
if (args is ["--list", "flat" or "tree"] or ["--info"] or ["--version"])
{
    return 0;
}

if (summaries.Sum(summary => summary.Reports.Length) == 0)
{
    Console.Error.WriteLine("No benchmark ran: an option is wrong, or --filter matches none. --list flat prints the benchmarks.");
    return 1;
}

var failed =
    summaries.SelectMany(summary => summary.BenchmarksCases.Where(benchmark => summary[benchmark]?.Success != true)).Select(
        benchmark => benchmark.Descriptor.WorkloadMethodDisplayInfo).Distinct().ToList();
if (failed.Count > 0 || summaries.Exists(summary => summary.HasCriticalValidationErrors))
{
    Console.Error.WriteLine($"Benchmarks failed: {string.Join(", ", failed)}.");
    return 1;
}

return 0;
