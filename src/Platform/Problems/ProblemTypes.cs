using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Problems;

/// <summary>Sets the problem types (RFC 9457) of answers that the framework makes, such as 404 and 405.</summary>
public static class ProblemTypes
{
    public static IServiceCollection AddProblemTypes(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            if (problem.Type?.StartsWith(ProblemNames.UrnPrefix, StringComparison.Ordinal) != true)
            {
                problem.Type = ProblemCatalog.TypeOf(ProblemCatalog.NameOf(problem.Status ?? context.HttpContext.Response.StatusCode));
            }
        });
}
