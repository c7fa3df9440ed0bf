namespace TreasureHunt.Api.Admission;

/// <summary>Registers the admission of claims.</summary>
public static class AdmissionRegistration
{
    public static IServiceCollection AddAdmission(this IServiceCollection services) =>
        services.AddSingleton<Storefronts>().AddSingleton<WaitingClaimLimit>().AddSingleton<PendingClaimStore>()
            .AddSingleton<PendingOutcomes>().AddSingleton<OutcomeReplies>().AddSingleton<ClaimPublisher>()
            .AddSingleton<PoolLimits>();

    /// <summary>Measures requests; the first of the pipeline, so that it measures all work.</summary>
    public static void UsePoolLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<PoolLimits>();
        app.Use((http, next) => limits.MeasureAsync(http, next));
    }
}
