using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Http;

/// <summary>Turns what the framework refuses, and what nobody expected, into problems.</summary>
public static class ProblemPipeline
{
    public static void UseProblems(this WebApplication app)
    {
        // It begins with a clean answer: what was declared on it must be declared again.
        var handler = ((IApplicationBuilder)app).New();
        handler.UseStatus();
        handler.UseSecurityHeaders();
        handler.Run(ExplainAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = handler.Build(),
            // Neither a cache that is away nor a request that cannot be read is a fault of ours. A line for each would hide those that
            // are, and the second would carry the caller's text into the log.
            SuppressDiagnosticsCallback = context => context.Exception is ReadModelUnavailableException or BadHttpRequestException,
        });
        app.UseStatusCodePages(pages => Of(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
    }

    private static Task ExplainAsync(HttpContext http)
    {
        var exception = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: 400, InnerException: JsonException json } =>
                ProblemResults.Of(ProblemNames.InvalidJson, ProblemResults.Where(json)),
            BadHttpRequestException bad => Of(bad.StatusCode),
            ReadModelUnavailableException => ProblemResults.Of(ProblemNames.ReadModelUnavailable),
            _ => ProblemResults.Of(ProblemNames.InternalError),
        };
        return problem.ExecuteAsync(http);
    }

    private static IResult Of(int status) => ProblemResults.Of(ProblemNames.OfStatus(status));
}
